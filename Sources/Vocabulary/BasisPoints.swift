/// Hundredths of a percent.
package enum BasisPoints {
    /// A part of a whole, to the nearest; nil of nothing. A part below nought is less than nothing of it.
    package static func of(_ part: Int, in whole: Int) -> Int? {
        guard whole > 0 else { return nil }
        let rounded = (Int(part.magnitude) * 10_000 + whole / 2) / whole
        return part < 0 ? -rounded : rounded
    }
}
