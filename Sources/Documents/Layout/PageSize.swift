/// The size of the pages of a file, in points.
package struct PageSize: Hashable, Sendable {
    package let width: Double
    package let height: Double

    /// Pages of so many points.
    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// Pages of so many millimetres.
    package init(millimetres width: Double, by height: Double) {
        self.init(width: Sheet.millimetres(width), height: Sheet.millimetres(height))
    }

    /// A4 (ISO 216), upright.
    package static let a4 = PageSize(width: Sheet.width, height: Sheet.height)
    /// A4, lying.
    package static let a4Landscape = PageSize(width: Sheet.height, height: Sheet.width)
}
