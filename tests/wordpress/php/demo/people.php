<?php
// The demo's authors, categories and tags, by the ids under which the site shows them.

const AUTHORS = array(
	4  => array( 'Lina Haddad', 'Writes about libraries and people who are late to bring books back.' ),
	7  => array( 'Tomas Reuter', '' ),
	9  => array( 'ليلى منصور', 'تكتب عن الأسواق والحدائق.' ),
	11 => array( 'Nino Beridze', 'Reports from the lake.' ),
	12 => array( 'Samir Aziz', '' ),
	15 => array( 'Maya Lindqvist', 'Bridges, trams & timetables.' ),
	16 => array( 'Forum Desk', '' ),
);
const CATEGORIES = array( // id => name, slug, parent
	172 => array( 'الأخبار', 'الأخبار', 0 ),
	183 => array( 'Asian issues', 'asian-issues', 307 ),
	307 => array( 'Main news', 'main-news', 0 ),
	311 => array( 'Towns', 'towns', 307 ),
	312 => array( 'Harbours & lakes', 'harbours-lakes', 311 ),
	315 => array( 'Gardens', 'gardens', 311 ),
	318 => array( 'Schools', 'schools', 307 ),
	320 => array( 'Opinion', 'opinion', 0 ),
	321 => array( 'Interviews', 'interviews', 320 ),
	325 => array( 'ثقافة', 'ثقافة', 172 ),
	326 => array( 'مدن', 'مدن', 172 ),
	330 => array( 'Weather', 'weather', 307 ),
);
const LANGUAGE_TAGS = array( 'en' => 796, 'ar' => 797 );
const SUBJECTS = array( 'ferry', 'library', 'tram', 'observatory', 'market', 'orchard', 'bridge', 'bakery', 'rain', 'bicycles', 'music', 'apples', 'kites', 'maps', 'snow', 'ducks', 'lighthouse', 'rowing', 'winter', 'مكتبة', 'حديقة', 'سوق', 'مطر' );

function add_author( int $id, string $name, string $description ): void {
	global $wpdb;
	$login = "author$id";
	$wpdb->insert( $wpdb->users, array( 'ID' => $id, 'user_login' => $login, 'user_nicename' => _truncate_post_slug( sanitize_title( $name ), 50 ), 'user_email' => "$login@example.org", 'display_name' => $name, 'user_registered' => '2023-01-01 00:00:00' ) );
	( new WP_User( $id ) )->set_role( 'author' );
	update_user_meta( $id, 'description', $description );
}

function add_numbered_term( string $taxonomy, int $id, string $name, string $slug, int $parent = 0 ): void {
	global $wpdb;
	$wpdb->insert( $wpdb->terms, array( 'term_id' => $id, 'name' => esc_html( $name ), 'slug' => sanitize_title( $slug ) ) );
	$wpdb->insert( $wpdb->term_taxonomy, array( 'term_taxonomy_id' => $id, 'term_id' => $id, 'taxonomy' => $taxonomy, 'description' => '', 'parent' => $parent ) );
}

function add_people_and_subjects(): void {
	foreach ( AUTHORS as $id => list( $name, $description ) ) {
		add_author( $id, $name, $description );
	}
	foreach ( CATEGORIES as $id => list( $name, $slug, $parent ) ) {
		add_numbered_term( 'category', $id, $name, $slug, $parent );
	}
	foreach ( LANGUAGE_TAGS as $language => $id ) {
		add_numbered_term( 'post_tag', $id, strtoupper( $language ), $language );
	}
	foreach ( SUBJECTS as $number => $name ) {
		add_numbered_term( 'post_tag', 800 + $number, $name, $name );
	}
}

/** Returns the ids of a post's terms: one to three categories, its language and up to three tags. */
function terms_of( string $language ): array {
	$own = array_filter( array_keys( CATEGORIES ), fn( $id ) => ( 'ar' === $language ) === in_array( $id, array( 172, 325, 326 ), true ) );
	$terms = array( LANGUAGE_TAGS[ $language ], pick( array_values( $own ) ), pick( array_values( $own ) ) );
	for ( $count = mt_rand( 0, 3 ); $count > 0; $count-- ) {
		$terms[] = 800 + mt_rand( 0, count( SUBJECTS ) - 1 );
	}
	return array_unique( $terms );
}
