package kindling.prep.jinja;

/** Something with a value: null (none), Boolean, Long, Double, String, List, Map, {@link Callable} or {@link Undefined}. */
@FunctionalInterface
interface Expression {
    Object in(Scope scope);
}
