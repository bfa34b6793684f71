<?php

function get_option($name, $default = false)
{
    global $wpdb;
    $kept = $wpdb->get_var($wpdb->prepare('SELECT option_value FROM wp_options WHERE option_name = %s', $name));

    return $kept === null ? $default : unserialize($kept);
}

function add_option($name, $value = '')
{
    return get_option($name, null) === null && update_option($name, $value);
}

function update_option($name, $value)
{
    global $wpdb;
    $wpdb->query($wpdb->prepare('REPLACE INTO wp_options (option_name, option_value) VALUES (%s, %s)', $name, serialize($value)));

    return true;
}

function delete_option($name)
{
    global $wpdb;

    return (bool) $wpdb->query($wpdb->prepare('DELETE FROM wp_options WHERE option_name = %s', $name));
}

/** The shop's cron runs where somebody visits: here, where a test says. */
function wp_next_scheduled($hook)
{
    return get_option('cron_' . $hook);
}

function wp_schedule_event($timestamp, $recurrence, $hook)
{
    $schedules = apply_filters('cron_schedules', []);

    return isset($schedules[$recurrence]) && update_option('cron_' . $hook, $timestamp);
}

function wp_clear_scheduled_hook($hook)
{
    delete_option('cron_' . $hook);
}
