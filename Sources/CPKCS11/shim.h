// The part of PKCS#11 2.40 (OASIS) that a signer needs: types, numbers, and the order of the function list. Modules are
// loaded at run time; nothing is linked.
#pragma once

typedef unsigned long p11_number;

typedef struct { unsigned char major, minor; } p11_version;

typedef struct {
    unsigned char label[32], manufacturer[32], model[16], serial_number[16];
    p11_number flags, max_session_count, session_count, max_rw_session_count, rw_session_count, max_pin_len,
        min_pin_len, total_public_memory, free_public_memory, total_private_memory, free_private_memory;
    p11_version hardware_version, firmware_version;
    unsigned char utc_time[16];
} p11_token_info;

typedef struct { p11_number type; void *value; p11_number length; } p11_attribute;
typedef struct { p11_number type; void *parameter; p11_number length; } p11_mechanism;
typedef struct { void *create, *destroy, *lock, *unlock; p11_number flags; void *reserved; } p11_initialize_args;

// CK_FUNCTION_LIST: the functions that are not used are places of their size.
typedef struct {
    p11_version version;
    p11_number (*initialize)(p11_initialize_args *);
    void *finalize, *get_info, *get_function_list;
    p11_number (*get_slot_list)(unsigned char present, p11_number *slots, p11_number *count);
    void *get_slot_info;
    p11_number (*get_token_info)(p11_number slot, p11_token_info *);
    p11_number (*get_mechanism_list)(p11_number slot, p11_number *mechanisms, p11_number *count);
    void *get_mechanism_info, *init_token, *init_pin, *set_pin;
    p11_number (*open_session)(p11_number slot, p11_number flags, void *application, void *notify, p11_number *session);
    p11_number (*close_session)(p11_number session);
    void *close_all_sessions, *get_session_info, *get_operation_state, *set_operation_state;
    p11_number (*login)(p11_number session, p11_number user, const unsigned char *pin, p11_number length);
    void *logout, *create_object, *copy_object, *destroy_object, *get_object_size;
    p11_number (*get_attribute_value)(p11_number session, p11_number object, p11_attribute *, p11_number count);
    void *set_attribute_value;
    p11_number (*find_objects_init)(p11_number session, p11_attribute *, p11_number count);
    p11_number (*find_objects)(p11_number session, p11_number *objects, p11_number most, p11_number *count);
    p11_number (*find_objects_final)(p11_number session);
    void *encrypt_init, *encrypt, *encrypt_update, *encrypt_final, *decrypt_init, *decrypt, *decrypt_update,
        *decrypt_final, *digest_init, *digest, *digest_update, *digest_key, *digest_final;
    p11_number (*sign_init)(p11_number session, p11_mechanism *, p11_number key);
    p11_number (*sign)(
        p11_number session, const unsigned char *data, p11_number length, unsigned char *signature,
        p11_number *signature_length);
} p11_functions;

// C_GetFunctionList, the one symbol that every module exports.
typedef p11_number (*p11_get_functions)(p11_functions **);
