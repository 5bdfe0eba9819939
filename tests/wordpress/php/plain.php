<?php
// Gives a site plain permalinks: its API then answers at ?rest_route=/ only.
require __DIR__ . '/boot.php';
global $wp_rewrite;
$wp_rewrite->set_permalink_structure( '' );
$wp_rewrite->flush_rules( false );
