<?php

namespace StockLedgerModule;

/** What is there as long as the plugin is. */
final class Installation
{
    const VERSION_OPTION = 'stockledger_version';

    /** Tables and settings, where they are not there yet. */
    public static function ensure()
    {
        if (!Schema::create()) {
            return;
        }
        add_option(Settings::OPTION, Settings::DEFAULTS);
        update_option(self::VERSION_OPTION, Plugin::VERSION);
        Cron::schedule();
    }

    /** After an update, and in each shop of a network: nothing activates the plugin there again. */
    public static function ensureCurrent()
    {
        if (get_option(self::VERSION_OPTION) !== Plugin::VERSION) {
            self::ensure();
        }
    }

    public static function remove()
    {
        Cron::unschedule();
        delete_option(Settings::OPTION);
        delete_option(self::VERSION_OPTION);
        Schema::drop();
    }
}
