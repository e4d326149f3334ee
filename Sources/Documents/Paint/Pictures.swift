/// Pages and seals as pictures of pixels, PNG.
package enum Pictures {
    /// A page of marks on white, at so many dots to an inch. Refuses a character that the typeface does not draw, and
    /// more than 40 million pixels.
    package static func png(
        of marks: [Mark], size: PageSize = .a4, dotsPerInch: Double, typeface: Typeface
    ) throws(DocumentRefusal) -> [UInt8] {
        let canvas = try Canvas(size, scale: dotsPerInch / 72, .white)
        try canvas.paint(marks, typeface)
        let pixels = canvas.pixels(4)
        var rows: [UInt8] = []
        rows.reserveCapacity(canvas.height * (canvas.width * 3 + 1))
        for row in 0..<canvas.height {
            rows.append(0)
            for place in stride(from: row * canvas.width * 4, to: (row + 1) * canvas.width * 4, by: 4) {
                rows.append(pixels[place + 2])
                rows.append(pixels[place + 1])
                rows.append(pixels[place])
            }
        }
        return PNGFile.bytes(
            width: canvas.width, height: canvas.height, .colour, rows: rows, dotsPerInch: dotsPerInch)
    }
}

extension SealDrawing {
    /// The seal in red, its square transparent where there is no ink: the picture in an electronic seal.
    package func png(dotsPerInch: Double = 240) throws(DocumentRefusal) -> [UInt8] {
        let side = Sheet.millimetres(Self.diameter)
        let canvas = try Canvas(PageSize(width: side, height: side), scale: dotsPerInch / 72, .opacity)
        let scale = Sheet.millimetres(1)
        let shape = outline.mapped { Point($0.x * scale, $0.y * scale) }
        canvas.paint(shape, .seal, outline: Self.weight * scale)
        let pixels = canvas.pixels(1)
        let colour = [Ink.seal.red, Ink.seal.green, Ink.seal.blue].map { UInt8(($0 * 255).rounded()) }
        var rows: [UInt8] = []
        for row in 0..<canvas.height {
            rows.append(0)
            for pixel in pixels[row * canvas.width..<(row + 1) * canvas.width] {
                rows += colour
                // Fifteen steps look as smooth and pack better.
                rows.append(UInt8((Int(pixel) + 8) / 17 * 17))
            }
        }
        return PNGFile.bytes(
            width: canvas.width, height: canvas.height, .opacity, rows: rows, dotsPerInch: dotsPerInch, level: 9)
    }
}

extension QRCode {
    /// The code as a picture of `scale` pixels to a module, its quiet zone within.
    func png(scale: Int = 4) -> [UInt8] {
        let side = (side + 2 * Self.quietModules) * scale
        let stride = (side + 7) / 8
        let white = [0] + [UInt8](repeating: 0xFF, count: stride)
        var rows = [[UInt8]](repeating: white, count: Self.quietModules * scale).flatMap { $0 }
        for row in self.rows {
            var line = white
            for (module, isDark) in row.enumerated() where isDark {
                for pixel in (module + Self.quietModules) * scale..<(module + Self.quietModules + 1) * scale {
                    line[1 + pixel / 8] &= ~(0x80 >> UInt8(pixel % 8))
                }
            }
            for _ in 0..<scale { rows += line }
        }
        for _ in 0..<Self.quietModules * scale { rows += white }
        return PNGFile.bytes(width: side, height: side, .bits, rows: rows, dotsPerInch: 300, level: 1)
    }
}
