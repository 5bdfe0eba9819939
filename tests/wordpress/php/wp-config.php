<?php
// One configuration for every test site: its name comes from the web server or the environment.
$newscrawl_name = $_SERVER['NEWSCRAWL_SITE'] ?? getenv( 'NEWSCRAWL_SITE' );
$newscrawl_site = json_decode( file_get_contents( dirname( __DIR__ ) . "/sites/$newscrawl_name.json" ), true );
define( 'DB_NAME', $newscrawl_site['database'] );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:' . $newscrawl_site['socket'] );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HOME', $newscrawl_site['home'] );
define( 'WP_SITEURL', preg_replace( '#^(\w+://[^/]+).*#', '$1', WP_HOME ) ); // the tree lies at the root
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {
	define( "{$name}_KEY", "test-$name-key" );
	define( "{$name}_SALT", "test-$name-salt" );
}
$table_prefix = 'wp_';
define( 'WPMU_PLUGIN_DIR', $newscrawl_site['plugins'] );
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_ENVIRONMENT_TYPE', 'local' ); // Application Passwords over plain http
define( 'WP_DEBUG', false );
// The site believes to be asked at its home, wherever it is served.
$newscrawl_home = parse_url( WP_HOME );
$_SERVER['HTTP_HOST'] = $newscrawl_home['host'] . ( isset( $newscrawl_home['port'] ) ? ":$newscrawl_home[port]" : '' );
if ( 'https' === $newscrawl_home['scheme'] ) {
	$_SERVER['HTTPS'] = 'on';
}
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
