<?php

class Module
{
    public $id;
    public $name;
    public $tab;
    public $version;
    public $author;
    public $need_instance;
    public $bootstrap;
    public $ps_versions_compliancy;
    public $displayName;
    public $description;
    public $confirmUninstall;
    public $active = true;
    public $context;

    private static $instances = [];

    public function __construct()
    {
        $this->context = Context::getContext();
        $this->id = (int) Db::getInstance()->getValue("SELECT id_module FROM ps_module WHERE name = '" . pSQL($this->name) . "'");
    }

    public static function getInstanceByName($name)
    {
        if (!isset(self::$instances[$name])) {
            require_once _PS_ROOT_DIR_ . '/modules/' . $name . '/' . $name . '.php';
            self::$instances[$name] = new $name();
        }

        return self::$instances[$name];
    }

    public function install()
    {
        Db::getInstance()->execute("INSERT INTO ps_module (name) VALUES ('" . pSQL($this->name) . "')");
        $this->id = Db::getInstance()->Insert_ID();

        return true;
    }

    public function uninstall()
    {
        Db::getInstance()->execute("DELETE FROM ps_hook_module WHERE module = '" . pSQL($this->name) . "'");

        return Db::getInstance()->execute("DELETE FROM ps_module WHERE name = '" . pSQL($this->name) . "'");
    }

    public function registerHook($hooks)
    {
        foreach ((array) $hooks as $hook) {
            Db::getInstance()->execute(
                "REPLACE INTO ps_hook_module (hook, module) VALUES ('" . pSQL($hook) . "', '" . pSQL($this->name) . "')"
            );
        }

        return true;
    }

    /** By a translation's file; escaped, as a shop does. */
    public function l($string, $specific = false, $locale = null)
    {
        $_MODULE = [];
        $file = _PS_ROOT_DIR_ . '/modules/' . $this->name . '/translations/' . $this->context->language->iso_code . '.php';
        if (is_file($file)) {
            $GLOBALS['_MODULE'] = [];
            include $file;
            $_MODULE = $GLOBALS['_MODULE'];
        }
        $key = '<{' . $this->name . '}prestashop>' . strtolower($specific ?: $this->name) . '_' . md5($string);

        return htmlspecialchars($_MODULE[$key] ?? $string, ENT_COMPAT, 'UTF-8');
    }

    public function displayConfirmation($text)
    {
        return '<div class="confirmation">' . $text . '</div>';
    }

    public function displayError($text)
    {
        return '<div class="error">' . $text . '</div>';
    }
}

class Hook
{
    /** An Exception of a module is swallowed in production; an Error is not. */
    public static function exec($hook, array $arguments = [])
    {
        $output = '';
        $rows = Db::getInstance()->executeS("SELECT module FROM ps_hook_module WHERE hook = '" . pSQL($hook) . "'");
        foreach (array_column($rows, 'module') as $name) {
            try {
                $output .= (string) Module::getInstanceByName($name)->{'hook' . ucfirst($hook)}($arguments);
            } catch (Exception $error) {
                error_log('swallowed: ' . $error->getMessage());
            }
        }

        return $output;
    }
}
