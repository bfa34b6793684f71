<?php

class ps_checkpayment extends PaymentModule
{
    public $name = 'ps_checkpayment';
}

class ps_checkpaymentValidationModuleFrontController extends ModuleFrontController
{
    public function postProcess()
    {
        $this->order($this->context->cart, 1, 9.0);
    }
}
