/**
 * Where the parts of a text are: sentences, words, and pieces that fit a model's context.
 *
 * <p>Public types: {@link kindling.prep.sentence.Sentences} and {@link kindling.prep.sentence.Words} split a text; {@link
 * kindling.prep.sentence.Chunks} cuts a long one; {@link kindling.prep.sentence.Span} says where a part is.
 *
 * <p>Everything is a pure function of its arguments, safe for threads, and takes time linear in the text. A language that
 * marks the ends of sentences by other characters is a line in {@code Sentences.isTerminator}.
 */
package kindling.prep.sentence;
