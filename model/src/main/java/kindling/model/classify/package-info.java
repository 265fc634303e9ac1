/**
 * Classifiers of sparse examples, trained and evaluated with DL4J.
 *
 * <p>Public types: {@link kindling.model.classify.SoftmaxRegression} takes {@link kindling.model.classify.Example}s and a
 * {@link kindling.model.classify.Training}, and gives weights, which {@code kindling.prep.classify} applies in plain Java,
 * and a {@link kindling.model.classify.Quality}.
 *
 * <p>To train a deeper classifier, put its layers where {@code SoftmaxRegression} lists its one.
 */
package kindling.model.classify;
