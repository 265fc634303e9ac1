/**
 * Templates in a part of the Jinja language, as they lie beside chat models. Public are {@link kindling.prep.jinja.Template}, which names that part, and {@link
 * kindling.prep.jinja.JinjaException}. {@code Lexer} cuts a template into tokens, {@code Parser}, {@code Expressions} and {@code Operands} make functions of
 * them, which {@code Scope} gives their variables.
 *
 * <p>To add a filter, test or method: one line in {@code Filters}, {@code Tests} or {@code Methods}.
 */
package kindling.prep.jinja;
