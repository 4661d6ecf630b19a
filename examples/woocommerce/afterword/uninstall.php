<?php
/**
 * WordPress runs this when the plugin is deleted: what it has saved goes with it, from every site of a network.
 */

defined('WP_UNINSTALL_PLUGIN') || exit;

delete_option('afterword_settings');
if (is_multisite()) {
    foreach (get_sites(array('fields' => 'ids', 'number' => 0)) as $site) {
        switch_to_blog($site);
        delete_option('afterword_settings');
        restore_current_blog();
    }
}
