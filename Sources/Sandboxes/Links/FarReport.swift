/// What the far side looks at in what the house does.
package enum FarCheck: String, SandboxCheck {
    /// Each request is signed with the link's secret.
    case signature = "signed with the secret"
    case clock = "clock within 300 seconds"
    case id = "id begins with what is asked"
    case body = "body as the protocol has it"
    case sameBatch = "a batch that comes again is the same"
    case sameRecord = "a record that comes again says the same"
    case order = "of a dossier the acceptance comes first"
    case number = "the number is that of the record"
    case values = "values fit their columns"
    case fileNamed = "a file is there before a record names it"
    case fileDigest = "a file has the digest it was announced with"
    case receipt = "what came of a record is said once and for good"
    case answer = "an answer as the interface has it"
}

/// What was noticed about the house: half of what a conformance report says.
package typealias FarReport = SandboxReport<FarCheck>
