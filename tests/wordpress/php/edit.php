<?php
// php edit.php JSON : does to posts what editors do; JSON is a list of [what, id, value].
require __DIR__ . '/boot.php';
wp_set_current_user( 1 );
foreach ( json_decode( $argv[1], true ) as list( $what, $id, $value ) ) {
	switch ( $what ) {
		case 'edit':
			wp_update_post( array( 'ID' => $id, 'post_content' => $value ) );
			break;
		case 'redate':
			wp_update_post( array( 'ID' => $id, 'post_date' => $value, 'post_date_gmt' => get_gmt_from_date( $value ), 'edit_date' => true ) );
			break;
		case 'author':
			wp_update_post( array( 'ID' => $id, 'post_author' => $value ) );
			break;
		case 'tags':
			wp_set_post_tags( $id, $value );
			break;
		case 'password':
			wp_update_post( array( 'ID' => $id, 'post_password' => $value ) );
			break;
		case 'status':
			wp_update_post( array( 'ID' => $id, 'post_status' => $value ) );
			break;
		case 'trash':
			wp_trash_post( $id );
			break;
		case 'untrash':
			wp_untrash_post( $id );
			wp_publish_post( $id );
			break;
		case 'delete':
			wp_delete_post( $id, true );
			break;
		case 'rewrite':  // [content, modified, modified in GMT], whenever that is
			list( $content, $local, $gmt ) = $value;
			$wpdb->update( $wpdb->posts, array( 'post_content' => $content, 'post_modified' => $local, 'post_modified_gmt' => $gmt ), array( 'ID' => $id ) );
			clean_post_cache( $id );
			break;
		case 'touch':
			$wpdb->update( $wpdb->posts, array( 'post_modified' => $value, 'post_modified_gmt' => $value ), array( 'ID' => $id ) );
			clean_post_cache( $id );
			break;
	}
}
