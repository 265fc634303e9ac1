/**
 * What a text is about, or whether it is worth learning from, as a linear model sees it that was trained on labelled
 * texts.
 *
 * <p>Public types: {@link kindling.prep.classify.WordHashing} turns a text into a {@link kindling.prep.classify.Bag} of
 * features, for training and for use alike; {@link kindling.prep.classify.Classifier} holds what was trained, and gives
 * a text's probabilities in plain Java. Training is in {@code kindling.model.classify}.
 *
 * <p>Logistic regression on hashed words is what GPT-3's corpus was filtered with (T. Brown et al., "Language Models are
 * Few-Shot Learners", 2020, appendix A); fastText's classifier, which later corpora use, is the same model with its
 * weights as a product of two thin matrices (A. Joulin et al., "Bag of Tricks for Efficient Text Classification", 2017).
 *
 * <p>To add features, such as longer runs of words, extend {@code WordHashing}: what was trained before keeps its
 * numbers only where old features keep their hashes.
 */
package kindling.prep.classify;
