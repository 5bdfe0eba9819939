<?php
// The demo's posts: four ids each, for the post, its image, a second image and its revision.

const STORY = 11667; // the post that story.txt tells
const TOLD = 1715846028; // when: 2024-05-16T07:53:48Z
const ROOM = array( 'post' => 0, 'image' => 1, 'second' => 2, 'revision' => 3 );

/** Adds an image with its caption and alternative text; returns its id and the path of its file. */
function add_photo( int $id, int $author, int $date, int $parent ): array {
	$name = sanitize_title( pick( NOUNS['en'] ) ) . "-$id";
	$caption = chance( 0.7 ) ? sentences( 'en', 1 ) . ' Photo: ' . pick( PEOPLE['en'] ) : '';
	add_post( array( 'id' => $id, 'author' => $author, 'date' => $date, 'title' => $name, 'excerpt' => $caption, 'slug' => $name, 'parent' => $parent ) + upload( $name, $date ) );
	$alternative = chance( 0.8 ) ? capitalized( pick( NOUNS['en'] ) ) . ' seen from ' . pick( TOWNS['en'] ) : '';
	return add_file( $id, gmdate( 'Y/m', $date ) . "/$name", pick( array( 1200, 1600 ) ), $alternative );
}

/** Adds a post with its terms, its featured image and the revision that its saving left. */
function add_story( array $post, array $terms ): void {
	$id = $post['id'];
	add_post( $post );
	$saved = array( 'id' => $id + ROOM['revision'], 'date' => $post['modified'], 'status' => 'inherit', 'slug' => "$id-revision-v1", 'parent' => $id, 'type' => 'revision' );
	add_post( $saved + $post );
	add_row( 'postmeta', array( $id, '_thumbnail_id', (string) ( $id + ROOM['image'] ) ) );
	foreach ( $terms as $term ) {
		add_row( 'term_relationships', array( $id, $term, 0 ) );
	}
}

/** Adds the post of story.txt, under the ids and times that are known of it. */
function add_told_story(): void {
	$lines = file( __DIR__ . '/story.txt', FILE_IGNORE_NEW_LINES );
	$title = array_shift( $lines );
	$paragraphs = array_map( fn( $line ) => block( 'paragraph', "<p>$line</p>" ), $lines );
	add_photo( STORY + ROOM['image'], 11, TOLD - 120, STORY );
	add_story( array( 'id' => STORY, 'author' => 11, 'date' => TOLD, 'modified' => strtotime( '2025-08-09T15:50:22Z' ), 'title' => $title, 'slug' => 'old-friend-putin-arrives-in-china-for-state-visit-summit-with-xi-jinping', 'content' => rtrim( implode( '', $paragraphs ) ), 'ping' => 'open' ), array( 183, 307, 172, 796 ) );
}

/** Adds a post so many places before or after the told one; returns its address. */
function add_invented_story( int $place, array $links ): string {
	$id = STORY + count( ROOM ) * $place;
	$date = TOLD + 140000 * $place + mt_rand( 0, 90000 );
	$language = chance( 0.25 ) ? 'ar' : 'en';
	$author = 'ar' === $language ? 9 : pick( array_keys( AUTHORS ) );
	$images = array( add_photo( $id + ROOM['image'], $author, $date - 120, $id ) );
	if ( chance( 0.2 ) ) {
		$images[] = add_photo( $id + ROOM['second'], $author, $date - 60, $id );
	}
	$title = title( $language );
	$slug = slug( $title );
	add_story( array( 'id' => $id, 'author' => $author, 'date' => $date, 'modified' => $date + pick( array( 0, 600, 86400 ) ), 'title' => $title, 'slug' => $slug, 'content' => rtrim( body( $language, $images, $links, $id, mt_rand( 900, 2600 ) ) ), 'excerpt' => chance( 0.3 ) ? sentences( $language, 2 ) : '', 'ping' => 'open' ), terms_of( $language ) );
	return home_url( "/$slug/" );
}
