package import Vocabulary

/// A place on the map of tiles: one square a place, where it lies among the others.
package struct MapTile: Sendable {
    package let region: Region
    package let column: Int
    package let row: Int

    /// The tiles that ship, of Fuzhou. Throws `Fault.misconfigured` or `Fault.corrupt` when they cannot be read.
    package static func shipped() throws -> [MapTile] {
        let text = String(decoding: try WebResource.data("map/tiles.csv"), as: UTF8.self)
        return try text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            let parts = line.split(separator: ",")
            guard parts.count == 3, let region = Region(String(parts[0])), let column = Int(parts[1]),
                let row = Int(parts[2])
            else { throw Fault.corrupt("a tile of the map: \(line)") }
            return MapTile(region: region, column: column, row: row)
        }
    }
}

/// What a tile says: a name, a number as people read it, and how strongly it is coloured.
package struct TileValue: Sendable {
    package let name: String
    package let shown: String
    /// What the number is, for programs that read the picture.
    package let value: Int
    /// 0 for nothing, 1...5 from weak to strong.
    package let strength: Int
    package let href: String?

    package init(_ name: String, shown: String, value: Int, strength: Int, href: String? = nil) {
        (self.name, self.shown, self.value) = (name, shown, value)
        (self.strength, self.href) = (min(max(strength, 0), 5), href)
    }
}

extension HTML {
    /// Writes the map of the city in tiles. Each tile says its name and number, so colour never speaks alone.
    package mutating func tileMap(_ title: String, _ tiles: [(tile: MapTile, value: TileValue)]) {
        let columns = (tiles.map(\.tile.column).max() ?? 0) + 1
        let rows = (tiles.map(\.tile.row).max() ?? 0) + 1
        element("figure", .class("chart map")) { html in
            html.element(
                "svg", .data("viewBox", "0 0 \(columns * 100) \(rows * 72)"), Attribute("role", "group"), .label(title)
            ) { html in
                for (tile, value) in tiles {
                    if let href = value.href {
                        html.element("a", .href(href), .label("\(value.name) \(value.shown)")) { html in
                            html.tile(tile, value)
                        }
                    } else {
                        html.element("g") { html in html.tile(tile, value) }
                    }
                }
            }
            html.element("figcaption", text: title)
        }
    }

    private mutating func tile(_ tile: MapTile, _ value: TileValue) {
        let (x, y) = (tile.column * 100, tile.row * 72)
        element(
            "rect", .data("class", "heat-\(value.strength)"), .data("x", "\(x + 2)"), .data("y", "\(y + 2)"),
            Attribute("width", "96"), Attribute("height", "68"), Attribute("rx", "6"),
            .data("data-region", tile.region.code), .data("data-value", "\(value.value)")
        ) { _ in }
        for (text, line, style) in [(value.name, 28, "name" as StaticString), (value.shown, 54, "value")] {
            element(
                "text", .class(style), .data("data-strength", "\(value.strength)"), .data("x", "\(x + 50)"),
                .data("y", "\(y + line)"), Attribute("text-anchor", "middle"), text: text)
        }
    }
}
