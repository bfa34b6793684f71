<?php

class PrestaShopException extends Exception
{
}

class PrestaShopDatabaseException extends PrestaShopException
{
}

/** One connection a request, as in a shop. */
class Db
{
    private static $instance;
    private $link;
    private $changed = 0;

    public static function getInstance($master = true)
    {
        return self::$instance = self::$instance ?: new self();
    }

    private function __construct()
    {
        $dsn = 'mysql:unix_socket=' . getenv('SHOP_DB_SOCKET') . ';charset=utf8mb4;dbname=' . getenv('SHOP_DB_NAME');
        $this->link = new PDO($dsn, 'root', '', [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
    }

    public function execute($sql, $use_cache = true)
    {
        $this->changed = $this->query($sql)->rowCount();

        return true;
    }

    public function executeS($sql, $array = true, $use_cache = true)
    {
        return $this->query($sql)->fetchAll(PDO::FETCH_ASSOC);
    }

    public function getRow($sql, $use_cache = true)
    {
        $rows = $this->executeS(rtrim($sql, " ;\n") . ' LIMIT 1');

        return $rows ? $rows[0] : false;
    }

    public function getValue($sql, $use_cache = true)
    {
        $row = $this->getRow($sql);

        return $row ? reset($row) : false;
    }

    public function Affected_Rows()
    {
        return $this->changed;
    }

    public function Insert_ID()
    {
        return (int) $this->link->lastInsertId();
    }

    public function escape($string, $html_ok = false, $bq_sql = false)
    {
        return substr($this->link->quote($html_ok ? $string : strip_tags($string)), 1, -1);
    }

    private function query($sql)
    {
        try {
            return $this->link->query($sql);
        } catch (PDOException $error) {
            throw new PrestaShopDatabaseException($error->getMessage());
        }
    }
}

function pSQL($string, $htmlOK = false)
{
    return Db::getInstance()->escape((string) $string, $htmlOK);
}
