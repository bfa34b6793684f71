<?php

class AdminController
{
    public static $currentIndex = 'index.php?controller=AdminModules';
}

class HelperForm
{
    public $module;
    public $table;
    public $name_controller;
    public $token;
    public $currentIndex;
    public $default_form_language;
    public $submit_action;
    public $fields_value = [];

    public function generateForm(array $fields)
    {
        $html = '';
        foreach ($fields[0]['form']['input'] as $input) {
            $value = htmlspecialchars((string) $this->fields_value[$input['name']], ENT_QUOTES);
            $html .= '<label>' . $input['label'] . '<input name="' . $input['name'] . '" value="' . $value . '"></label>';
        }

        return '<form>' . $html . '</form>';
    }
}
