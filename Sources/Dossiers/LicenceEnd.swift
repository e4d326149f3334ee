import Vocabulary

/// How a licence that was granted ends before or after its time, and on which ground.
package enum LicenceEnd: Hashable, Sendable {
    /// 撤回: the law or the circumstances changed (行政许可法 art. 8).
    case recalled(RecallGround)
    /// 撤销: it should not have been granted (art. 69).
    case revoked(RevocationGround)
    /// 注销: it is struck off (art. 70).
    case cancelled(CancellationGround)

    /// Why a lawful licence is taken back.
    package enum RecallGround: String, Sendable, Codable, CaseIterable {
        case lawChanged, circumstancesChanged
    }

    /// Art. 69, and what the commitment and the undertaking threaten.
    package enum RevocationGround: String, Sendable, Codable, CaseIterable {
        case abuse, ultraVires, procedureBreach, unqualifiedApplicant, otherLawful, fraud, falseCommitment
        case undertakingBroken
    }

    /// Art. 70.
    package enum CancellationGround: String, Sendable, Codable, CaseIterable {
        case expired, incapacity, dissolved, revokedOrForfeited, forceMajeure, otherLawful
    }

    /// The three sorts.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case recalled, revoked, cancelled

        /// Its name in Chinese, as notices and papers write it.
        package var label: String {
            switch self {
            case .recalled: "撤回"
            case .revoked: "撤销"
            case .cancelled: "注销"
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .recalled: .recalled
        case .revoked: .revoked
        case .cancelled: .cancelled
        }
    }

    /// The ground as it is written.
    package var ground: String {
        switch self {
        case .recalled(let ground): ground.rawValue
        case .revoked(let ground): ground.rawValue
        case .cancelled(let ground): ground.rawValue
        }
    }

    /// What can be a ground, of whatever end.
    package static let grounds = Set(
        RecallGround.allCases.map(\.rawValue) + RevocationGround.allCases.map(\.rawValue)
            + CancellationGround.allCases.map(\.rawValue)
    ).sorted()

    /// Reads a kind and a ground; nil for what does not belong together.
    package init?(_ kind: Kind, ground: String) {
        let end: LicenceEnd? =
            switch kind {
            case .recalled: RecallGround(rawValue: ground).map { .recalled($0) }
            case .revoked: RevocationGround(rawValue: ground).map { .revoked($0) }
            case .cancelled: CancellationGround(rawValue: ground).map { .cancelled($0) }
            }
        guard let end else { return nil }
        self = end
    }

    /// The ground in the words of the law, as papers write it.
    package var groundLabel: String {
        switch self {
        case .recalled(.lawChanged): "行政许可所依据的法律、法规、规章修改或者废止"
        case .recalled(.circumstancesChanged): "准予行政许可所依据的客观情况发生重大变化"
        case .revoked(.abuse): "行政机关工作人员滥用职权、玩忽职守作出准予行政许可决定"
        case .revoked(.ultraVires): "超越法定职权作出准予行政许可决定"
        case .revoked(.procedureBreach): "违反法定程序作出准予行政许可决定"
        case .revoked(.unqualifiedApplicant): "对不具备申请资格或者不符合法定条件的申请人准予行政许可"
        case .revoked(.otherLawful): "依法可以撤销行政许可的其他情形"
        case .revoked(.fraud): "被许可人以欺骗、贿赂等不正当手段取得行政许可"
        case .revoked(.falseCommitment): "经核查，申请人作出的承诺不实"
        case .revoked(.undertakingBroken): "申请人未在承诺期限内补齐材料"
        case .cancelled(.expired): "行政许可有效期届满未延续"
        case .cancelled(.incapacity): "赋予公民特定资格的行政许可，该公民死亡或者丧失行为能力"
        case .cancelled(.dissolved): "法人或者其他组织依法终止"
        case .cancelled(.revokedOrForfeited): "行政许可依法被撤销、撤回，或者行政许可证件依法被吊销"
        case .cancelled(.forceMajeure): "因不可抗力导致行政许可事项无法实施"
        case .cancelled(.otherLawful): "法律、法规规定的应当注销行政许可的其他情形"
        }
    }

    /// The article it rests on.
    package var article: Int {
        switch self {
        case .recalled: 8
        case .revoked: 69
        case .cancelled: 70
        }
    }
}

extension LicenceEnd: Codable {
    private enum Key: String, CodingKey { case kind, ground }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let kind = try container.decode(Kind.self, forKey: .kind)
        guard let end = LicenceEnd(kind, ground: try container.decode(String.self, forKey: .ground)) else {
            throw DecodingError.dataCorruptedError(forKey: .ground, in: container, debugDescription: "no such ground")
        }
        self = end
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(ground, forKey: .ground)
    }
}

/// What is wanted of a licence after its grant.
package enum LicenceCommand: Hashable, Sendable, Codable {
    /// Ends it. A revocation that would gravely harm the public interest is not allowed (art. 69(3)): whoever gives the
    /// command says that it does not.
    case end(LicenceEnd, sparesPublicInterest: Bool, note: String)
}

/// What happened to a licence after its grant.
package enum LicenceEvent: Hashable, Sendable {
    case ended(LicenceEnd, DossierEvent.Note?)
}

extension LicenceEvent: DossierEventPart {
    static let kinds = ["dossier.licence-ended"]

    var kind: String { Self.kinds[0] }

    var open: any Encodable {
        switch self {
        case .ended(let end, _): end
        }
    }

    var personal: (any Encodable)? {
        switch self {
        case .ended(_, let note): note
        }
    }

    init?(_ kind: String, _ parts: DossierEventParts) throws {
        guard kind == Self.kinds[0] else { return nil }
        self = .ended(try parts.open(), try parts.personal())
    }
}
