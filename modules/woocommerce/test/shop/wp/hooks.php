<?php

$GLOBALS['wp_filter'] = [];
$GLOBALS['wp_actions'] = [];

function add_filter($hook, $callback, $priority = 10, $accepted_args = 1)
{
    $GLOBALS['wp_filter'][$hook][$priority][] = [$callback, $accepted_args];

    return true;
}

function add_action($hook, $callback, $priority = 10, $accepted_args = 1)
{
    return add_filter($hook, $callback, $priority, $accepted_args);
}

function remove_action($hook, $callback, $priority = 10)
{
    foreach ($GLOBALS['wp_filter'][$hook][$priority] ?? [] as $at => $listener) {
        if ($listener[0] === $callback) {
            unset($GLOBALS['wp_filter'][$hook][$priority][$at]);
        }
    }
}

function apply_filters($hook, $value, ...$arguments)
{
    $priorities = $GLOBALS['wp_filter'][$hook] ?? [];
    ksort($priorities);
    foreach ($priorities as $listeners) {
        foreach ($listeners as $listener) {
            $value = $listener[0](...array_slice([$value, ...$arguments], 0, $listener[1]));
        }
    }

    return $value;
}

function do_action($hook, ...$arguments)
{
    $GLOBALS['wp_actions'][$hook] = did_action($hook) + 1;
    $priorities = $GLOBALS['wp_filter'][$hook] ?? [];
    ksort($priorities);
    foreach ($priorities as $listeners) {
        foreach ($listeners as $listener) {
            $listener[0](...array_slice($arguments, 0, $listener[1]));
        }
    }
}

function did_action($hook)
{
    return $GLOBALS['wp_actions'][$hook] ?? 0;
}

function register_activation_hook($file, $callback)
{
    add_action('activate_' . basename(dirname($file)), $callback);
}

function register_deactivation_hook($file, $callback)
{
    add_action('deactivate_' . basename(dirname($file)), $callback);
}
