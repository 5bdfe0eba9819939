<?php
// php password.php LOGIN : makes an Application Password for a user and prints it.
require __DIR__ . '/boot.php';
$user = get_user_by( 'login', $argv[1] );
list( $password ) = WP_Application_Passwords::create_new_application_password( $user->ID, array( 'name' => 'newscrawl tests' ) );
echo $password;
