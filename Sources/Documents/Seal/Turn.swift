import Foundation

/// Sine and cosine, rounded so that the last bit of a library's answer does not show in a file.
enum Turn {
    static func sine(_ angle: Double) -> Double { rounded(sin(angle)) }

    static func cosine(_ angle: Double) -> Double { rounded(cos(angle)) }

    private static func rounded(_ value: Double) -> Double { (value * 1e9).rounded() / 1e9 }
}
