import Foundation

/// One program for all readers of what comes from outside: libFuzzer makes the inputs, `FUZZ_TARGET` names the reader,
/// `FUZZ_SEEDS` the folder with the files that some of them start from. `Scripts/fuzz` builds and runs it.
struct FuzzTarget: Sendable {
    /// What it is called: the name of its corpus.
    let name: String
    /// Reads an input. Ends the process, by `Finding.stop`, when what it finds must not be; every refusal is right.
    let read: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, _ read: @escaping @Sendable ([UInt8]) throws -> Void) {
        (self.name, self.read) = (name, read)
    }

    static let all = textTargets + tableTargets + archiveTargets + signingTargets + sealedTargets
}

/// What must not be.
enum Finding {
    static func stop(_ what: String) -> Never { fatalError("FINDING: \(what)") }

    /// Ends the process unless it holds.
    static func unless(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds { stop(what()) }
    }
}

/// The files that targets start from.
enum Seeds {
    static func file(_ name: String) -> [UInt8] {
        let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"] ?? "Fuzz/seeds"
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
            fatalError("no seed \(folder)/\(name)")
        }
        return [UInt8](data)
    }
}

private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        fatalError("FUZZ_TARGET is one of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
    }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func oneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = start.map { Array(UnsafeBufferPointer(start: $0, count: count)) } ?? []
    // A refusal is an answer.
    do { try chosen.read(bytes) } catch {}
    return 0
}
