package kindling.model;

/** How a row is brought to unit scale. */
public enum Normalization {
    /** Mean taken away, divided by the deviation (Ba, Kiros and Hinton, 2016). */
    LAYER,
    /** Divided by the root mean square (Zhang and Sennrich, 2019). */
    RMS
}
