/**
 * Names of people, places and organisations, postal addresses and dates in running text.
 *
 * <p>What flows: a text is cut into {@code Tokens}; {@code Addresses} takes the postal addresses out; {@code Chunker} proposes runs of capitalised words;
 * {@code Evidence} sums for each what the {@link kindling.prep.lexicon.Lexicon} and the words around say; {@code NameFinder} decides over all places
 * where the same name stands; {@code Places} joins what belongs together.
 *
 * <p>Public: {@code NameFinder}, {@code DateFinder}, {@code NameType}.
 *
 * <p>All words that tell one kind of name from another lie in {@code cues.txt}: to add a language, add its words there. The weights were set by hand and
 * checked on texts with labelled names; there is no trained model.
 */
package kindling.prep.names;
