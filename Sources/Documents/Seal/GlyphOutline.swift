import CHarfbuzzSubset

extension Typeface {
    /// The edge of a character at size 1: from its place on the baseline, y pointing down. Refuses a character that the
    /// typeface does not draw.
    func outline(of character: Unicode.Scalar) throws(DocumentRefusal) -> Outline {
        outline(of: try glyph(of: character))
    }

    func outline(of glyph: Glyph) -> Outline {
        let (drawing, face) = (GlyphDrawing(), faces[glyph.face])
        drawing.draw(glyph.number, of: face)
        return drawing.outline.mapped { Point($0.x / face.unitsPerEm, -$0.y / face.unitsPerEm) }
    }
}

/// Collects what HarfBuzz tells of a glyph; quadratic curves come as cubic ones.
private final class GlyphDrawing {
    var outline = Outline()

    func draw(_ glyph: UInt32, of typeface: Typeface) {
        guard let functions = hb_draw_funcs_create() else { return }
        defer { hb_draw_funcs_destroy(functions) }
        hb_draw_funcs_set_move_to_func(
            functions, { _, data, _, x, y, _ in GlyphDrawing.at(data).add(.move(GlyphDrawing.point(x, y))) }, nil, nil)
        hb_draw_funcs_set_line_to_func(
            functions, { _, data, _, x, y, _ in GlyphDrawing.at(data).add(.line(GlyphDrawing.point(x, y))) }, nil, nil)
        hb_draw_funcs_set_cubic_to_func(
            functions,
            { _, data, _, x1, y1, x2, y2, x, y, _ in
                GlyphDrawing.at(data).add(
                    .curve(GlyphDrawing.point(x1, y1), GlyphDrawing.point(x2, y2), to: GlyphDrawing.point(x, y)))
            }, nil, nil)
        hb_draw_funcs_set_close_path_func(
            functions, { _, data, _, _ in GlyphDrawing.at(data).add(.close) }, nil, nil)
        typeface.draw(glyph, functions, Unmanaged.passUnretained(self).toOpaque())
    }

    private func add(_ step: Outline.Step) { outline.add(step) }

    private static func at(_ data: UnsafeMutableRawPointer?) -> GlyphDrawing {
        guard let data else { preconditionFailure("HarfBuzz hands back what it was given") }
        return Unmanaged<GlyphDrawing>.fromOpaque(data).takeUnretainedValue()
    }

    private static func point(_ x: Float, _ y: Float) -> Point { Point(Double(x), Double(y)) }
}
