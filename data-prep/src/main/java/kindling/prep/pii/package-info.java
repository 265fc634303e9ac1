/**
 * Personal data, found and replaced: what a pattern gives away (addresses, numbers of people, accounts and documents, secrets), and, when asked,
 * names, places, organisations and dates ({@link kindling.prep.names}).
 *
 * <p>What flows: {@link kindling.prep.pii.Redactor}, told by a {@link kindling.prep.pii.RedactorConfig}, hands a text to each {@link
 * kindling.prep.pii.Recognizer}, keeps the strongest of what overlaps, and gives back the text with replacements, made as its {@link
 * kindling.prep.pii.Operator} says, and a {@link kindling.prep.pii.Finding} for each, never the value.
 *
 * <p>Public: {@code Redactor}, {@code RedactorConfig}, {@code Operator}, {@code Recognizer}, {@code Finding}.
 *
 * <p>The plan, one recognizer = pattern + checksum + context words, is that of Microsoft Presidio; checks are those of ISO/IEC 7812 (cards),
 * ISO 13616 (accounts), RFC 4291 (IPv6), RFC 5321 (mail) and libphonenumber's number plans.
 *
 * <p>Numbers that states give out are one table: each {@code …Numbers} file lists those of a region as {@link kindling.prep.pii.IdNumber}s (type, words,
 * check, written forms), and {@link kindling.prep.pii.IdNumberRecognizer} finds all of them in one pass; another country's number is one more entry
 * and its check.
 *
 * <p>To add another type: write an {@code XRecognizer}, put one line into {@link kindling.prep.pii.Recognizer#all}, and test hits and near misses
 * with their spans.
 */
package kindling.prep.pii;
