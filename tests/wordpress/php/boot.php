<?php
// Loads the WordPress of the site that NEWSCRAWL_SITE names, for a script on the command line.
$_SERVER['HTTP_HOST'] = 'localhost';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require getenv( 'NEWSCRAWL_TREE' ) . '/wp-load.php';
