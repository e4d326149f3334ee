import Foundation
import Vocabulary

/// One kind of question, asked again and again: these requests in turn.
struct AskedKind: Sendable {
    let name: String
    /// The paths that are asked for, and, for posts, what is sent to each.
    let paths: [String]
    var headers: [String: String] = [:]
    /// The answer that is right; any other fails the bench.
    var status = 200
    /// Lua that makes a request out of its number, where a list of paths does not do.
    var script: String?
}

/// Answers of one kind, as wrk saw them from the other end of the connection.
struct AskedRate: Encodable, Sendable {
    let requests: Int
    let per_second: Double
    /// Milliseconds.
    let p50: Double
    let p99: Double
    let max: Double
}

/// wrk, the load generator of Debian, on the same machine: so many connections that are kept open, by one thread.
struct WrkRun: Sendable {
    let port: Int
    let clients: Int

    /// Asks for so many seconds. Throws when an answer was not the right one. `isChecked` looks at each answer, which
    /// costs wrk some of its speed; else wrk counts those above 399.
    func ask(_ kind: AskedKind, seconds: Int, isChecked: Bool) throws -> AskedRate {
        let path = NSTemporaryDirectory() + "onewindow-wrk-\(ProcessInfo.processInfo.processIdentifier).lua"
        try Data(script(kind, isChecked: isChecked).utf8).write(to: URL(filePath: path))
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "wrk", "-t1", "-c\(clients)", "-d\(seconds)s", "--timeout", "20s", "-s", path, "http://127.0.0.1:\(port)",
        ]
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0,
            let found = output.firstMatch(of: /ONEWINDOW (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)/)
        else { throw Fault.misconfigured("wrk (Debian package wrk) said: \(output)") }
        let numbers = [found.1, found.2, found.3, found.4, found.5, found.6].compactMap { Int($0) }
        guard numbers[5] == 0 else {
            throw Fault.corrupt("\(kind.name): \(numbers[5]) answers were wrong: \(output)")
        }
        return AskedRate(
            requests: numbers[0], per_second: Double(numbers[0]) * 1e6 / Double(Swift.max(numbers[1], 1)),
            p50: Double(numbers[2]) / 1000, p99: Double(numbers[3]) / 1000, max: Double(numbers[4]) / 1000)
    }

    private func script(_ kind: AskedKind, isChecked: Bool) -> String {
        let headers = kind.headers.sorted { $0.key < $1.key }.map { "[\"\($0)\"] = \"\($1)\"" }.joined(separator: ", ")
        let making =
            kind.script ?? """
                local paths = {\(kind.paths.map { "\"\($0)\"" }.joined(separator: ","))}
                local made = {}
                local place = 0
                function request()
                    place = place % #paths + 1
                    made[place] = made[place] or wrk.format("GET", paths[place], headers)
                    return made[place]
                end
                """
        let checking = "function response(status) if status ~= \(kind.status) then wrong = wrong + 1 end end"
        return """
            wrong = 0
            local headers = {\(headers)}
            \(making)
            \(isChecked ? checking : "")
            local threads = {}
            function setup(thread) table.insert(threads, thread) end
            function done(summary, latency, requests)
                local bad = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
                if not \(isChecked) then bad = bad + summary.errors.status end
                for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
                io.write(string.format("ONEWINDOW %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                    latency:percentile(50), latency:percentile(99), latency.max, bad))
            end
            """
    }
}
