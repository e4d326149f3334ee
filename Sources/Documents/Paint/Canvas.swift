import CCairo

/// Pixels that marks are painted on, by cairo. Text is painted by the edges of its letters, so that no font of the
/// machine comes in but the typeface.
struct Canvas: ~Copyable {
    /// LIMIT: pixels of a picture.
    static let pixelsMax = 40_000_000

    enum Ground {
        /// Colours on white.
        case white
        /// Nothing but how dense the ink is.
        case opacity

        fileprivate var format: cairo_format_t {
            switch self {
            case .white: CAIRO_FORMAT_RGB24
            case .opacity: CAIRO_FORMAT_A8
            }
        }
    }

    let width: Int
    let height: Int
    private let surface: OpaquePointer
    private let context: OpaquePointer

    /// An empty canvas; `scale` pixels are a point. Refuses more than `pixelsMax`.
    init(_ size: PageSize, scale: Double, _ ground: Ground) throws(DocumentRefusal) {
        let (width, height) = ((size.width * scale).rounded(.up), (size.height * scale).rounded(.up))
        guard width >= 1, height >= 1, width * height <= Double(Self.pixelsMax) else { throw .tooLong }
        (self.width, self.height) = (Int(width), Int(height))
        guard let surface = cairo_image_surface_create(ground.format, Int32(width), Int32(height)),
            let context = cairo_create(surface)
        else { preconditionFailure("cairo has no memory") }
        (self.surface, self.context) = (surface, context)
        if case .white = ground {
            cairo_set_source_rgb(context, 1, 1, 1)
            cairo_paint(context)
        }
        cairo_scale(context, scale, scale)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
        cairo_set_antialias(context, CAIRO_ANTIALIAS_GOOD)
    }

    deinit {
        cairo_destroy(context)
        cairo_surface_destroy(surface)
    }

    /// Paints marks one over the other. Refuses a character that the typeface does not draw.
    func paint(_ marks: [Mark], _ typeface: Typeface) throws(DocumentRefusal) {
        for mark in marks {
            switch mark {
            case .text(let text, let place, let face): try paint(text, place, face, typeface)
            case .line(let from, let to, let width, let ink):
                trace(Outline([.move(from), .line(to)]))
                stroke(ink, width)
            case .rectangles(let rectangles, let ink): fill(rectangles, ink)
            case .code(let code, let corner, let width): fill(code.rectangles(at: corner, width: width), .full)
            case .shape(let shape, let ink, let outline): paint(shape, ink, outline: outline)
            case .stroke(let shape, let ink, let width):
                trace(shape)
                stroke(ink, width)
            }
        }
    }

    /// Paints a shape with its edge.
    func paint(_ shape: Outline, _ ink: Ink, outline: Double) {
        trace(shape)
        fillTrace(ink, outline: outline)
    }

    /// The bytes of each pixel as cairo keeps them, row by row: four for colours (blue, green, red, nothing), one for
    /// opacity.
    func pixels(_ bytesPerPixel: Int) -> [UInt8] {
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { return [] }
        let stride = Int(cairo_image_surface_get_stride(surface))
        return (0..<height).flatMap { row in
            UnsafeBufferPointer(start: data + row * stride, count: width * bytesPerPixel)
        }
    }

    private func paint(
        _ text: String, _ place: Point, _ face: TextFace, _ typeface: Typeface
    ) throws(DocumentRefusal) {
        var x = place.x
        for character in text.unicodeScalars {
            let glyph = try typeface.glyph(of: character)
            trace(typeface.outline(of: glyph).mapped { Point(x + $0.x * face.size, place.y + $0.y * face.size) })
            x += typeface.advance(of: glyph) * face.size + face.tracking
        }
        fillTrace(face.ink, outline: face.isHeavy ? face.outline : 0)
    }

    private func fillTrace(_ ink: Ink, outline: Double) {
        set(ink)
        guard outline > 0 else { return cairo_fill(context) }
        cairo_fill_preserve(context)
        stroke(ink, outline)
    }

    private func fill(_ rectangles: [Rectangle], _ ink: Ink) {
        for rectangle in rectangles {
            cairo_rectangle(context, rectangle.corner.x, rectangle.corner.y, rectangle.width, rectangle.height)
        }
        set(ink)
        // Modules that touch must leave no seam between them.
        cairo_set_antialias(context, CAIRO_ANTIALIAS_NONE)
        cairo_fill(context)
        cairo_set_antialias(context, CAIRO_ANTIALIAS_GOOD)
    }

    private func trace(_ outline: Outline) {
        for step in outline.steps {
            switch step {
            case .move(let to): cairo_move_to(context, to.x, to.y)
            case .line(let to): cairo_line_to(context, to.x, to.y)
            case .curve(let first, let second, let to):
                cairo_curve_to(context, first.x, first.y, second.x, second.y, to.x, to.y)
            case .close: cairo_close_path(context)
            }
        }
    }

    private func stroke(_ ink: Ink, _ width: Double) {
        set(ink)
        cairo_set_line_width(context, width)
        cairo_stroke(context)
    }

    private func set(_ ink: Ink) { cairo_set_source_rgb(context, ink.red, ink.green, ink.blue) }
}
