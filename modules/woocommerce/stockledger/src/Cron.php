<?php

namespace StockLedgerModule;

/** What is done once a minute: by the shop's own cron, by WP-CLI, or by cron.php. Two never run at once. */
final class Cron
{
    const HOOK = 'stockledger_cron';
    const EVERY = 'stockledger_minute';

    public static function listen()
    {
        add_filter('cron_schedules', static function ($schedules) {
            return $schedules + [self::EVERY => ['interval' => 60, 'display' => 'Every minute']];
        });
        add_action(self::HOOK, [self::class, 'run']);
        if (defined('WP_CLI') && WP_CLI) {
            \WP_CLI::add_command('stockledger send', static function () {
                \WP_CLI::log('outbox: ' . self::run());
            });
        }
    }

    public static function schedule()
    {
        if (!wp_next_scheduled(self::HOOK)) {
            wp_schedule_event(time(), self::EVERY, self::HOOK);
        }
    }

    public static function unschedule()
    {
        wp_clear_scheduled_hook(self::HOOK);
    }

    /** What became of the outbox. */
    public static function run(): string
    {
        return (string) Guard::run(static function () {
            $said = (new Sender(new Http()))->run();
            CartBook::forgetOld();
            Notes::set(Notes::CRON_AT, (string) time());

            return $said;
        }, 'failed: see the log of PHP');
    }
}
