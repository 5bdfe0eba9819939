<?php
// Who writes, and what is written about.

/** Adds authors and returns the ids of those who publish; subscribers and one author never do. */
function add_authors( int $count ): array {
	$publishing = array( 1 );
	for ( $number = 1; $number <= $count; $number++ ) {
		$role = $number > $count - 2 ? 'subscriber' : ( $number <= 3 ? 'editor' : 'author' );
		$language = pick( array( 'en', 'en', 'en', 'ru', 'ar' ) );
		$id = wp_insert_user( array( 'user_login' => "author$number", 'user_pass' => 'author-pass', 'user_email' => "author$number@example.org", 'user_url' => $number % 3 ? '' : "https://example.org/~author$number", 'display_name' => capitalized( words( $language, 1, 1 ) ) . ' O’' . capitalized( words( $language, 1, 1 ) ), 'description' => 'en' === $language ? sentences( 'en', 2 ) : '', 'role' => $role ) );
		if ( $number < $count - 2 ) {
			$publishing[] = $id;
		}
	}
	return $publishing;
}

/** Adds terms of every taxonomy and returns their rows by taxonomy. */
function add_terms( int $tags ): array {
	$rows = array( 'category' => array(), 'post_tag' => array(), 'region' => array() );
	$parents = array( 'category' => array(), 'region' => array() );
	for ( $number = 0; $number < 40; $number++ ) {
		$language = pick( array( 'en', 'en', 'ar', 'ru' ) );
		$name = capitalized( words( $language, 1, 1 ) ) . ' & ' . words( $language, 1, 1 );
		$term = add_term( 'category', esc_html( $name ), sanitize_title( $name ) . "-$number", $number < 10 ? 0 : pick( $parents['category'] ), $number % 4 ? '' : sentences( $language, 1 ) );
		$parents['category'][] = $term['id'];
		$rows['category'][] = $term['row'];
	}
	for ( $number = 0; $number < 25; $number++ ) {
		$term = add_term( 'region', "Region $number", "region-$number", $number % 5 ? end( $parents['region'] ) : 0 );
		$number % 5 || $parents['region'][] = $term['id'];
		$rows['region'][] = $term['row'];
	}
	for ( $number = 0; $number < $tags; $number++ ) {
		$name = words( pick( array( 'en', 'en', 'ar', 'ru' ) ), 1, 2 ) . " $number";
		$rows['post_tag'][] = add_term( 'post_tag', $name, sanitize_title( $name ) )['row'];
	}
	$rows['internal_desk'] = array( add_term( 'internal_desk', 'Night desk', 'night-desk' )['row'] );
	return $rows;
}

/** Picks a tag: a few are on many posts, most on one or two. */
function pick_tag( array $tags ): int {
	return $tags[ (int) ( count( $tags ) * pow( mt_rand() / mt_getrandmax(), 2.2 ) * 0.999 ) ];
}
