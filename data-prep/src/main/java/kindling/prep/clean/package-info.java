/**
 * From what a file says to what a reader would read: HTML to text, and text whose Unicode can be relied on.
 *
 * <p>Public types: {@link kindling.prep.clean.HtmlText} extracts a {@link kindling.prep.clean.Page}: everything a
 * browser would show or only the main content, found by where the mass of unlinked text is (C. Kohlschütter,
 * P. Fankhauser, W. Nejdl, "Boilerplate Detection using Shallow Text Features", WSDM 2010),
 * with what the page says about itself; {@link kindling.prep.clean.Origin} says where it was found, and
 * {@link kindling.prep.clean.Deadline} until when it may be worked on. {@link kindling.prep.clean.UnicodeRepair} makes
 * text normal and reads what was read in the wrong encoding.
 *
 * <p>To add another word by which page furniture is recognised, add it to the list in {@code Boilerplate}; to add
 * another element that starts a line, to the list in {@code Layout}.
 */
package kindling.prep.clean;
