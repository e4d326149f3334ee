import Documents

extension HTML {
    /// Writes a QR code as a picture of one path, dark on light whatever the theme; `label` says what it is.
    mutating func codePicture(_ code: QRCode, label: String) {
        let side = code.side + 2 * QRCode.quietModules
        var path = ""
        for rectangle in code.rectangles(at: Point(0, 0), width: Double(side)) {
            let (x, y, width) = (Int(rectangle.corner.x), Int(rectangle.corner.y), Int(rectangle.width))
            path += "M\(x) \(y)h\(width)v1h-\(width)z"
        }
        element(
            "svg", .class("code-picture"), .data("viewBox", "0 0 \(side) \(side)"), Attribute("width", "240"),
            Attribute("height", "240"), Attribute("role", "img"), .label(label),
            Attribute("shape-rendering", "crispEdges")
        ) { html in
            html.element("rect", .data("width", "\(side)"), .data("height", "\(side)"), Attribute("fill", "#ffffff")) {
                _ in
            }
            html.element("path", .data("d", path), Attribute("fill", "#000000")) { _ in }
        }
    }
}
