<?php

/** One connection a request. A statement that fails answers false, and says why on the page unless it is told not to. */
class wpdb
{
    public $prefix = 'wp_';
    public $postmeta = 'wp_postmeta';
    public $posts = 'wp_posts';
    public $wc_reserved_stock = 'wp_wc_reserved_stock';
    public $last_error = '';
    public $insert_id = 0;
    public $rows_affected = 0;

    private $link;
    private $isQuiet = false;

    public function __construct()
    {
        mysqli_report(MYSQLI_REPORT_OFF);
        $this->link = new mysqli(null, 'root', '', DB_NAME, 0, getenv('SHOP_DB_SOCKET'));
        $this->link->set_charset('utf8mb4');
        // As the shop does it: no mode that refuses what MySQL once took.
        $this->link->query("SET SESSION sql_mode = ''");
    }

    public function suppress_errors($suppress = true)
    {
        $was = $this->isQuiet;
        $this->isQuiet = (bool) $suppress;

        return $was;
    }

    public function query($sql)
    {
        $answer = $this->ask($sql);
        if ($answer === false) {
            return false;
        }

        return $answer === true && preg_match('/^\s*(create|drop|alter|truncate)\s/i', $sql) ? true : $this->rows_affected;
    }

    public function get_results($sql, $output = 'OBJECT')
    {
        $answer = $this->ask($sql);

        return $answer instanceof mysqli_result ? $answer->fetch_all(MYSQLI_ASSOC) : [];
    }

    public function get_row($sql, $output = 'OBJECT')
    {
        return $this->get_results($sql)[0] ?? null;
    }

    public function get_var($sql)
    {
        $row = $this->get_row($sql);

        return $row === null ? null : reset($row);
    }

    public function prepare($sql, ...$values)
    {
        $at = 0;

        return preg_replace_callback('/%(s|d|\+?f)/', function (array $found) use ($values, &$at) {
            $value = $values[$at++];
            if ($found[1] === 's') {
                return "'" . $this->link->real_escape_string((string) $value) . "'";
            }

            return $found[1] === 'd' ? (string) (int) $value : sprintf('%' . $found[1], $value);
        }, $sql);
    }

    public function get_charset_collate()
    {
        return 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci';
    }

    private function ask($sql)
    {
        $answer = $this->link->query($sql);
        $this->last_error = $answer === false ? $this->link->error : '';
        $this->rows_affected = max(0, (int) $this->link->affected_rows);
        $this->insert_id = (int) $this->link->insert_id;
        if ($answer === false && !$this->isQuiet) {
            error_log('WordPress database error ' . $this->last_error . ' for query ' . $sql);
            echo '<div id="error">WordPress database error</div>';
        }

        return $answer;
    }
}
