<?php
// Installs WordPress into the empty database of a site.
define( 'WP_INSTALLING', true );
function wp_new_blog_notification() {} // sends no mail
require __DIR__ . '/boot.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'The Daily Testbed', 'admin', 'admin@example.org', true, '', 'admin-pass' );
update_option( 'timezone_string', 'Europe/Berlin' );
update_option( 'default_ping_status', 'closed' );
foreach ( get_posts( array( 'post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1 ) ) as $post ) {
	wp_delete_post( $post->ID, true ); // no "Hello world"
}
switch_theme( WP_DEFAULT_THEME );
global $wp_rewrite;
$wp_rewrite->init();
$wp_rewrite->set_permalink_structure( '/%year%/%monthnum%/%day%/%postname%/' );
do_action( 'init' );
$wp_rewrite->flush_rules( false );
