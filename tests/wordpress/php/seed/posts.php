<?php
// Posts with what belongs to them: images, terms, comments, revisions.

const END = 1795165200; // 2026-11-20T09:00:00Z
const YEAR = 31557600;

/** Plans when each post is dated and written: ties, imports of one second, a repeated hour. */
function plan( int $count ): array {
	$start = END - 10 * YEAR;
	$plan = array();
	for ( $number = 0; $number < $count; $number++ ) {
		$time = $start + (int) ( ( END - 3600 - $start ) * pow( mt_rand() / mt_getrandmax(), 0.75 ) );
		$time -= chance( 0.1 ) ? $time % 3600 : 0;
		$plan[] = array( 'date' => $time, 'written' => $time, 'status' => status() );
	}
	$next = 0;
	foreach ( array( 250 => 0.15, 120 => 0.55 ) as $size => $part ) {
		for ( $number = 0; $number < min( $size, $count / 8 ); $number++ ) {
			$time = $start + (int) ( ( END - $start ) * $part );
			$plan[ $next++ ] = array( 'date' => $time, 'written' => $time, 'status' => 'publish' );
		}
	}
	for ( $number = 0; $number < 12; $number++ ) { // 2024-10-27 02:00 to 03:00 in Berlin happens twice
		$time = 1729987500 + 600 * $number;
		$plan[ $next++ ] = array( 'date' => $time, 'written' => $time, 'status' => 'publish' );
	}
	for ( $number = 0; $number < $count * 0.03; $number++ ) { // written late, dated early
		$plan[ $next ]['date'] = max( $start, $plan[ $next ]['date'] - mt_rand( 1, 5 * YEAR ) );
		$next++;
	}
	usort( $plan, fn( $one, $other ) => $one['written'] <=> $other['written'] );
	return $plan;
}

function status(): string {
	$draw = mt_rand( 1, 1000 );
	return match ( true ) {
		$draw <= 20 => 'draft',
		$draw <= 25 => 'private',
		$draw <= 27 => 'future',
		$draw <= 30 => 'trash',
		$draw <= 32 => 'pending',
		default => 'publish',
	};
}

function add_comments( int $post, int $date, int $count, int &$next ): void {
	$approved = array();
	while ( $count-- > 0 ) {
		$state = pick( array( '1', '1', '1', '1', '1', '1', '1', '0', 'spam', 'trash' ) );
		$date = min( END, $date + mt_rand( 30, 40000 ) );
		add_row( 'comments', array( $next, $post, pick( array( 'Anna', 'Björn', 'محمد', 'Ольга', 'Zoë' ) ), 'reader@example.org', '', '203.0.113.7', local_time( $date ), gmt( $date ), sentences( 'en', 2 ), 0, $state, 'Mozilla/5.0', 'comment', $approved && chance( 0.45 ) ? pick( $approved ) : 0, chance( 0.05 ) ? 2 : 0 ) );
		if ( '1' === $state ) {
			$approved[] = $next;
		}
		$next++;
	}
}

/** Chooses a featured image: the post's own, an earlier one, one of a hidden post, a deleted one. */
function thumbnail( array $images, array $earlier, int $hidden, int $number ): int {
	if ( 0 === $number % 97 ) {
		return 90000000 + $number;
	}
	if ( $hidden && 0 === $number % 211 ) {
		return $hidden;
	}
	if ( ! chance( 0.8 ) ) {
		return 0;
	}
	return $images ? $images[0]['id'] : ( $earlier ? pick( $earlier ) : 0 );
}

function tag_post( int $id, array $terms ): void {
	$chosen = array();
	for ( $count = mt_rand( 1, 3 ); $count > 0; $count-- ) {
		$chosen[ pick( $terms['category'] ) ] = true;
	}
	for ( $count = mt_rand( 0, 8 ); $count > 0; $count-- ) {
		$chosen[ pick_tag( $terms['post_tag'] ) ] = true;
	}
	if ( chance( 0.4 ) ) {
		$chosen[ pick( $terms['region'] ) ] = true;
	}
	if ( chance( 0.05 ) ) {
		$chosen[ $terms['internal_desk'][0] ] = true;
	}
	foreach ( array_keys( $chosen ) as $row ) {
		add_row( 'term_relationships', array( $id, $row, 0 ) );
	}
}
