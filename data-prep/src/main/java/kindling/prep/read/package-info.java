/**
 * Files to documents. Bad input costs a record, never an exception: each record of a file reaches the
 * {@link kindling.prep.read.Sink} either as a document or as a rejection with a reason.
 *
 * <p>Public types: {@link kindling.prep.read.FileReading} reads one file or one {@link kindling.prep.read.FilePart} of a
 * {@link kindling.prep.read.StoredFile}; {@link kindling.prep.read.ReadOptions}, with
 * {@link kindling.prep.read.Limits}, {@link kindling.prep.read.Consent} and {@link kindling.prep.read.PathFilter}, says
 * how; {@link kindling.prep.read.Sink} takes what comes out. Compression (gzip, bzip2, zstd) is undone and archives (zip,
 * jar, tar) are opened on the way, entry by entry and without storing them.
 *
 * <p>A record's position is its offset in the file, in bytes after decompression. Identifiers are made of it, so they
 * depend neither on how a file was cut into parts nor on what is in the rest of the file. The second entry of one name in
 * an archive is {@code name#2}.
 *
 * <p>Text files may be in UTF-8, in UTF-16 or UTF-32 with a byte order mark, in UTF-16 without one, or in an older
 * encoding that can be told with some confidence; then the meta data say {@code charset}. In UTF-8 with one invalid byte
 * for a hundred characters beyond ASCII, or fewer, these become U+FFFD, and the meta data say how many ({@code replaced}).
 * Any other text is {@code invalid_utf8}, as are lines of JSON that are not UTF-8.
 *
 * <p>Reasons of rejections: {@code truncated}, {@code corrupt}, {@code unreadable}, {@code too_large},
 * {@code nesting_too_deep}, {@code unsafe_path}, {@code encrypted}, {@code unsupported_compression},
 * {@code unsupported_format}, {@code not_zip} (of files and archive entries); {@code record_too_large},
 * {@code invalid_utf8}, {@code not_text}, {@code invalid_json}, {@code missing_text}, {@code empty},
 * {@code no_main_content}, {@code extraction_failed}, {@code extraction_timeout}, {@code language_not_wanted} (of
 * records).
 *
 * <p>To add another format, write one {@code Reader} and add it to {@code Formats.ALL}; if its large files can be read in
 * parts, make it a {@code PartReader}.
 */
package kindling.prep.read;
