<?php

class ps_wirepayment extends PaymentModule
{
    public $name = 'ps_wirepayment';
}

class ps_wirepaymentValidationModuleFrontController extends ModuleFrontController
{
    public function postProcess()
    {
        $this->order($this->context->cart, 10, 9.0);
    }
}
