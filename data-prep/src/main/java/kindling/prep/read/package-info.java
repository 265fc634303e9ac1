/**
 * Files to documents. Bad input costs a record, never an exception: each record of a file reaches the
 * {@link kindling.prep.read.Sink} either as a document or as a rejection with a reason.
 *
 * <p>Public types: {@link kindling.prep.read.FileReading} reads one file, {@link kindling.prep.read.ReadOptions} says
 * how, {@link kindling.prep.read.Sink} takes what comes out. Archives (gzip, zip, jar) are opened on the way, entry by
 * entry and without storing them.
 *
 * <p>Reasons of rejections: {@code truncated}, {@code corrupt}, {@code unreadable}, {@code too_large},
 * {@code nesting_too_deep}, {@code unsafe_path}, {@code unsupported_format}, {@code not_zip} (of files and archive
 * entries); {@code record_too_large}, {@code invalid_utf8}, {@code not_text}, {@code invalid_json},
 * {@code missing_text}, {@code empty}, {@code no_main_content}, {@code extraction_failed},
 * {@code extraction_timeout}, {@code consent_robots}, {@code consent_noai}, {@code consent_tdm}, {@code host_denied},
 * {@code host_not_allowed} (of records).
 *
 * <p>To add another format, write one {@code Reader} and add it to {@code Reader.ALL}.
 */
package kindling.prep.read;
