/**
 * What is known of words and names: which words are ordinary English, which are given names, family names, places.
 *
 * <p>What flows: three sources are read off the class path into one {@link kindling.prep.lexicon.Lexicon} of flags, once a process; names of people,
 * towns and countries out of Datafaker (Apache-2.0), area codes of libphonenumber's geocoder (Apache-2.0) and CLDR (Unicode licence); ordinary words
 * out of WordNet 3.1 (WordNet licence).
 *
 * <p>Public: {@code Lexicon}.
 *
 * <p>To add another source: one file with a {@code read(Lexicon)}, and one line in {@code Lexicon.load}.
 */
package kindling.prep.lexicon;
