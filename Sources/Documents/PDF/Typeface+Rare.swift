extension Typeface {
    /// HanaMin A and B, Song faces of rare characters, where Debian's `fonts-hanazono` puts them.
    package static let rarePaths = [
        "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf", "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    ]

    /// The Song face with the faces of rare characters behind it: what certificates are set in. Throws
    /// `Fault.misconfigured` when a file is missing.
    package static func song(path: String = Typeface.songPath) throws -> Typeface {
        try Typeface(path: path, fallbacks: rarePaths.map { try Typeface($0, 0, [], isFallback: true) })
    }
}
