<?php
// Fills a freshly installed WordPress with a news site; the same rows at each run.
// php seed.php POSTS
require __DIR__ . '/boot.php';
foreach ( array( 'rows', 'chance', 'words', 'people', 'images', 'bodies', 'posts' ) as $part ) {
	require __DIR__ . "/seed/$part.php";
}
mt_srand( 7 );

$count = (int) $argv[1];
$authors = add_authors( 30 );
$terms = add_terms( $count );
$next = 100;
$comment = 1;
$links = array();
$earlier = array();
$hidden_image = 0;
$published = array();
$protected = array();

foreach ( plan( $count ) as $number => $planned ) {
	$language = pick( array( 'en', 'en', 'en', 'en', 'ru', 'ar', 'fa' ) );
	$author = chance( 0.3 ) ? $authors[1] : pick( $authors );
	$public = 'publish' === $planned['status'];
	$images = array();
	$uploads = chance( 0.62 ) ? mt_rand( 1, 2 ) : 0;
	$id = $next + $uploads;
	while ( $next < $id ) {
		$images[] = add_image( $next++, $author, $planned['written'] - 60, $id );
	}
	$next = $id + 1;
	if ( $images && ! $public ) {
		$hidden_image = $images[0]['id'];
	} elseif ( $images ) {
		$earlier[] = $images[0]['id'];
	}
	$thumbnail = thumbnail( $images, array_slice( $earlier, -60 ), $hidden_image, $number );
	if ( $thumbnail ) {
		add_row( 'postmeta', array( $id, '_thumbnail_id', (string) $thumbnail ) );
	}
	$date = 'future' === $planned['status'] ? END + YEAR : $planned['date'];
	$modified = match ( true ) {
		chance( 0.6 ) => $planned['date'],
		chance( 0.9 ) => min( END, $planned['date'] + mt_rand( 60, 90 * 86400 ) ),
		default => $planned['date'] - mt_rand( 3600, 20 * 86400 ),
	};
	$title = title( $language );
	$slug = slug( $title );
	$body = body( $language, $images, $links, $id, mt_rand( 3000, 7000 ) );
	add_post( array( 'id' => $id, 'author' => $author, 'date' => $date, 'gmt' => 7 === $number % 200 || 'draft' === $planned['status'] ? '0000-00-00 00:00:00' : gmt( $date ), 'modified' => $modified, 'title' => $title, 'slug' => $slug, 'content' => $body, 'excerpt' => chance( 0.3 ) ? sentences( $language, 2 ) : '', 'status' => $planned['status'], 'password' => $public && 0 === $number % 300 ? 'secret' : '' ) );
	tag_post( $id, $terms );
	if ( chance( 0.12 ) ) {
		add_comments( $id, $planned['date'], mt_rand( 1, 12 ), $comment );
	}
	$saves = chance( 0.3 ) ? 1 : 0;
	for ( $save = 1; $save <= ( 31 === $number ? 130 : $saves ); $save++ ) {
		add_post( array( 'id' => $next, 'author' => $author, 'date' => min( END, $planned['date'] + 60 * $save ), 'title' => $title, 'content' => $body, 'status' => 'inherit', 'slug' => "$id-revision-v1", 'parent' => $id, 'type' => 'revision' ) );
		$next++;
	}
	if ( 49 === $number % 50 ) {
		add_post( array( 'id' => $next, 'author' => $author, 'date' => $planned['date'] + 1, 'title' => title( 'en' ), 'slug' => "live-$next", 'content' => body( 'en', array(), $links, $next, mt_rand( 3000, 7000 ) ), 'type' => 'liveblog', 'guid' => home_url() . "/?post_type=liveblog&p=$next" ) );
		add_row( 'term_relationships', array( $next, pick( $terms['region'] ), 0 ) );
		$next++;
	}
	if ( $public && 0 === $number % 300 ) {
		$protected[] = $id;
	}
	if ( $public ) {
		$published[] = $id;
		$links[] = home_url() . '/' . str_replace( '-', '/', substr( local_time( $date ), 0, 10 ) ) . "/$slug/";
	}
}
$pages = array( 0 );
for ( $number = 0; $number < 20; $number++ ) {
	add_post( array( 'id' => $next, 'date' => END - 10 * YEAR + 86400 * $number, 'title' => "Page $number", 'slug' => "page-$number", 'content' => body( 'en', array(), $links, $next, mt_rand( 3000, 7000 ) ), 'type' => 'page', 'parent' => pick( $pages ), 'guid' => home_url() . "/?page_id=$next" ) );
	$pages[] = $next++;
}
add_comments( $pages[1], END - YEAR, 6, $comment );
add_comments( 7000000, END - YEAR, 3, $comment ); // on a post that is gone
foreach ( $protected as $id ) {
	add_comments( $id, END - YEAR, 4, $comment );
}
add_post( array( 'id' => $next, 'date' => END - YEAR, 'title' => 'Wire item', 'slug' => 'wire-item', 'type' => 'newswire' ) );
add_post( array( 'id' => ++$next, 'date' => END - 2 * YEAR, 'title' => 'What editors build', 'slug' => 'constructs', 'content' => file_get_contents( __DIR__ . '/seed/constructs.html' ) ) );
for ( $number = 1; $number <= 5; $number++ ) {
	add_image( $next + $number, $authors[1], END - YEAR + $number, 0 ); // hangs on no post
}
finish( array( 'category', 'region' ) );
update_option( 'sticky_posts', array( $published[ (int) ( count( $published ) / 2 ) ], end( $published ) ) );
