<?php
// Rows are gathered and written many at once: wp_insert_post() would take minutes.

const COLUMNS = array(
	'posts'              => 'ID,post_author,post_date,post_date_gmt,post_content,post_title,post_excerpt,post_status,comment_status,ping_status,post_password,post_name,to_ping,pinged,post_modified,post_modified_gmt,post_content_filtered,post_parent,guid,menu_order,post_type,post_mime_type,comment_count',
	'postmeta'           => 'post_id,meta_key,meta_value',
	'term_relationships' => 'object_id,term_taxonomy_id,term_order',
	'comments'           => 'comment_ID,comment_post_ID,comment_author,comment_author_email,comment_author_url,comment_author_IP,comment_date,comment_date_gmt,comment_content,comment_karma,comment_approved,comment_agent,comment_type,comment_parent,user_id',
);
$waiting = array();
mysqli_query( $wpdb->dbh, "SET SESSION sql_mode=''" ); // zero dates, as old sites hold them
mysqli_query( $wpdb->dbh, 'SET autocommit=0' );

function quoted( $value ) {
	global $wpdb;
	return is_int( $value ) ? $value : "'" . mysqli_real_escape_string( $wpdb->dbh, $value ) . "'";
}

function add_row( string $table, array $values ): void {
	global $waiting;
	$waiting[ $table ][] = '(' . implode( ',', array_map( 'quoted', $values ) ) . ')';
	if ( count( $waiting[ $table ] ) >= 200 ) {
		write_rows( $table );
	}
}

function write_rows( string $table ): void {
	global $wpdb, $waiting;
	if ( ! empty( $waiting[ $table ] ) ) {
		$sql = "INSERT INTO {$wpdb->prefix}$table (" . COLUMNS[ $table ] . ') VALUES ' . implode( ',', $waiting[ $table ] );
		mysqli_query( $wpdb->dbh, $sql ) || exit( mysqli_error( $wpdb->dbh ) );
		$waiting[ $table ] = array();
	}
}

function local_time( int $time ): string {
	static $zone;
	$zone = $zone ?: new DateTimeZone( get_option( 'timezone_string' ) ?: 'UTC' );
	return ( new DateTime( "@$time" ) )->setTimezone( $zone )->format( 'Y-m-d H:i:s' );
}

function gmt( int $time ): string {
	return gmdate( 'Y-m-d H:i:s', $time );
}

/** Adds a row of wp_posts; what is not given is as WordPress has it for a plain published post. */
function add_post( array $post ): void {
	$post += array( 'author' => 1, 'content' => '', 'title' => '', 'excerpt' => '', 'status' => 'publish', 'password' => '', 'slug' => '', 'parent' => 0, 'type' => 'post', 'mime' => '', 'comments' => 0, 'ping' => 'closed', 'modified' => $post['date'], 'gmt' => gmt( $post['date'] ), 'guid' => site_url( "/?p=$post[id]" ) );
	add_row( 'posts', array( $post['id'], $post['author'], local_time( $post['date'] ), $post['gmt'], $post['content'], $post['title'], $post['excerpt'], $post['status'], 'open', $post['ping'], $post['password'], $post['slug'], '', '', local_time( $post['modified'] ), gmt( $post['modified'] ), '', $post['parent'], $post['guid'], 0, $post['type'], $post['mime'], $post['comments'] ) );
}

function add_term( string $taxonomy, string $name, string $slug, int $parent = 0, string $description = '' ): array {
	global $wpdb;
	$wpdb->query( $wpdb->prepare( "INSERT INTO $wpdb->terms (name,slug,term_group) VALUES (%s,%s,0)", $name, $slug ) );
	$id = (int) $wpdb->insert_id;
	$wpdb->query( $wpdb->prepare( "INSERT INTO $wpdb->term_taxonomy (term_id,taxonomy,description,parent,count) VALUES (%d,%s,%s,%d,0)", $id, $taxonomy, $description, $parent ) );
	return array( 'id' => $id, 'row' => (int) $wpdb->insert_id );
}

/** Writes what waits, and counts what WordPress keeps counted. */
function finish( array $hierarchical ): void {
	global $wpdb;
	array_map( 'write_rows', array_keys( COLUMNS ) );
	$wpdb->query( "UPDATE $wpdb->term_taxonomy tt SET count=(SELECT COUNT(*) FROM $wpdb->term_relationships tr JOIN $wpdb->posts p ON p.ID=tr.object_id WHERE tr.term_taxonomy_id=tt.term_taxonomy_id AND p.post_status='publish')" );
	$wpdb->query( "UPDATE $wpdb->posts p SET comment_count=(SELECT COUNT(*) FROM $wpdb->comments c WHERE c.comment_post_ID=p.ID AND c.comment_approved='1')" );
	$wpdb->query( 'COMMIT' );
	mysqli_query( $wpdb->dbh, 'SET autocommit=1' );
	foreach ( $hierarchical as $taxonomy ) {
		delete_option( "{$taxonomy}_children" );
		_get_term_hierarchy( $taxonomy );
	}
}
