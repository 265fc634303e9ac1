package kindling.model.train;

/**
 * What moves parameters by their gradients. All are told one learning rate a step.
 *
 * <p>To add another: a record here with its settings, and a {@code Rule} with its arithmetic.
 */
public sealed interface Optimiser permits AdamW, Muon {

    /** Largest norm of all gradients together; they are scaled down to it. Infinity for no clipping. */
    double clip();
}
