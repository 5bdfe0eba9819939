<?php
// Plugin Name: the demo site prints its quotation marks as they were written, and a plain ellipsis.
require dirname( __DIR__ ) . '/oembed.php';
add_filter( 'run_wptexturize', '__return_false' );
add_filter( 'excerpt_more', fn() => ' &hellip;' );
